import type { ClassView, UnitView } from '../ipc/commands.gen';
import { say } from '../kit/tongue.svelte';

/** A rate class as a choice: its name, and its rate unless the name says it already. */
export function classChoice(each: ClassView): { value: string; label: string } {
  const [name, rate] = [say(each.name), say(each.rate)];
  return { value: each.code, label: name.includes(rate) ? name : `${name} · ${rate}` };
}

/** A unit as a choice: its code, and its name where it has one. */
export function unitChoice(each: UnitView): { value: string; label: string } {
  return { value: each.code, label: each.name === '' ? each.code : `${each.code} · ${each.name}` };
}
