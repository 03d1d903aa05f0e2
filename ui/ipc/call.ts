import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import { Approval } from './approval.svelte';
import type { Commands, Fault } from './commands.gen';
import { health } from './health.svelte';
import { words } from './words';

/** What came back: the view asked for, or why it was refused. */
export type Answer<View> = { ok: true; view: View } | { ok: false; fault: Fault };

/** The shop refuses with this what somebody else may say yes to. */
const NEEDS_YES = 'staff.needs_yes';
/** The shop refuses with these because it shut itself behind the window's back. */
const SHUT = ['desk.locked', 'desk.locked_fully', 'desk.renewal_cut_off'];

/** The yes that a refused command may wait for. */
export const approval = new Approval(send);

let tellShut: (fault: Fault) => void = () => undefined;

/** Has it told when a command is refused because the shop is locked or covered. */
export function onShut(tell: (fault: Fault) => void): void {
  tellShut = tell;
}

/**
 * Sends one command to the shop. The only road there is.
 *
 * What needs the yes of somebody else waits here for it and is then sent again, word for word, so that no screen
 * has to know. Where that yes does not reach so far, the next is asked for.
 */
export async function call<Name extends keyof Commands>(
  name: Name,
  request: Commands[Name]['request'],
): Promise<Answer<Commands[Name]['view']>> {
  let answer = await send(name, request);
  while (!answer.ok && answer.fault.code === NEEDS_YES && (await approval.seek(answer.fault))) answer = await send(name, request);
  return answer;
}

async function send<Name extends keyof Commands>(
  name: Name,
  request: Commands[Name]['request'],
): Promise<Answer<Commands[Name]['view']>> {
  try {
    const view = await invoke<Commands[Name]['view']>(name, { request });
    health.answers = true;
    return { ok: true, view };
  } catch (refusal) {
    health.answers = isFault(refusal);
    const fault = isFault(refusal) ? refusal : unheard;
    if (SHUT.includes(fault.code)) tellShut(fault);
    return { ok: false, fault };
  }
}

/** Follows the progress of an import; gives back what stops following. */
export function onImportProgress(tell: (progress: { done: number; total: number }) => void): Promise<() => void> {
  return listen<{ done: number; total: number }>('import:progress', (event) => tell(event.payload));
}

/** What is said when the shop gave no answer that can be read. */
const unheard: Fault = { code: 'window.unheard', say: words.unheard, hint: words.unheard_hint };

function isFault(value: unknown): value is Fault {
  return typeof value === 'object' && value !== null && 'code' in value && 'say' in value && 'hint' in value;
}

/**
 * Does jobs one after the other, in the order they were asked for, so that a key never overtakes the scan
 * before it.
 */
export class Queue {
  #tail: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  /** True while something is under way. */
  get busy(): boolean {
    return this.#waiting > 0;
  }

  run<Result>(job: () => Promise<Result>): Promise<Result> {
    this.#waiting += 1;
    const mine = this.#tail.then(job).finally(() => {
      this.#waiting -= 1;
    });
    this.#tail = mine.catch(() => undefined);
    return mine;
  }
}

/** Keeps only the newest of several questions: older answers that come late are dropped. */
export class Latest {
  #turn = 0;

  async ask<View>(question: () => Promise<View>): Promise<View | null> {
    const mine = ++this.#turn;
    const view = await question();
    return mine === this.#turn ? view : null;
  }

  forget(): void {
    this.#turn += 1;
  }
}
