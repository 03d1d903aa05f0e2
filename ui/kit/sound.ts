/** The three sounds of the counter, made here without files. */

let context: AudioContext | null = null;
let loudness = 0.6;

/** Sets how loud, 0 to 100; 0 is silence. */
export function setLoudness(percent: number): void {
  loudness = Math.min(100, Math.max(0, percent)) / 100;
}

/** Opens the loudspeaker ahead of the first sale: it takes a PC a tenth of a second and more. */
export function warm(): void {
  if (typeof AudioContext === 'undefined') return;
  try {
    context ??= new AudioContext();
  } catch {
    context = null;
  }
}

/** A line was added: 1,800 Hz for 40 ms. */
export function added(): void {
  play([[1800, 0, 40]]);
}

/** Not known or refused: 220 Hz twice, 120 ms each. It must be heard, for the cashier looks at the goods. */
export function refused(): void {
  play([[220, 0, 120], [220, 170, 120]], 'square');
}

/** The bill is done: 880 then 1,320 Hz, 60 ms each. */
export function done(): void {
  play([[880, 0, 60], [1320, 60, 60]]);
}

type Note = [hertz: number, afterMs: number, lastsMs: number];

function play(notes: Note[], shape: OscillatorType = 'sine'): void {
  if (loudness === 0 || typeof AudioContext === 'undefined') return;
  try {
    context ??= new AudioContext();
    if (context.state === 'suspended') void context.resume();
    for (const note of notes) sing(context, note, shape);
  } catch {
    // A PC without a sound card sells as well as any other.
    context = null;
  }
}

function sing(air: AudioContext, [hertz, afterMs, lastsMs]: Note, shape: OscillatorType): void {
  const start = air.currentTime + afterMs / 1000;
  const stop = start + lastsMs / 1000;
  const voice = air.createOscillator();
  const gain = air.createGain();
  voice.type = shape;
  voice.frequency.value = hertz;
  gain.gain.setValueAtTime(0, start);
  gain.gain.linearRampToValueAtTime(loudness * 0.5, start + 0.004);
  gain.gain.setValueAtTime(loudness * 0.5, stop - 0.006);
  gain.gain.linearRampToValueAtTime(0, stop);
  voice.connect(gain).connect(air.destination);
  voice.start(start);
  voice.stop(stop + 0.01);
}
