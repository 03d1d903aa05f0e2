/** More than this does not stand on the two lines of a favourite's key. */
const WHOLE_MAX = 32;
const HEAD_MAX = 18;
const TAIL_MAX = 12;

/** A long name by its two ends, `Fortune Sunlite … 1 L pouch`: sizes, which tell goods apart, stand at the end. */
export function ends(name: string): string {
  const words = name.split(' ');
  if (name.length <= WHOLE_MAX || words.length < 3) return name;
  let head = words.shift() ?? '';
  let tail = words.pop() ?? '';
  for (let next = words.at(-1); next !== undefined && `${next} ${tail}`.length <= TAIL_MAX; next = words.at(-1)) {
    tail = `${words.pop()} ${tail}`;
  }
  for (let next = words[0]; next !== undefined && `${head} ${next}`.length <= HEAD_MAX; next = words[0]) {
    head = `${head} ${words.shift()}`;
  }
  return words.length === 0 ? `${head} ${tail}` : `${head} … ${tail}`;
}
