/** Where text stops being JSON (RFC 8259): JSON.parse says that it does, not always at which character. */

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const SPACE = /[ \t\n\r]*/y;
const LITERALS = ['true', 'false', 'null'] as const;

/** What a value inside an object or array is followed by. */
type Container = '}' | ']';

/**
 * Index of the first character that cannot stand where it stands; the length of the text when it is only cut off.
 * O(characters); nesting costs memory, not stack.
 */
export function indexOfFault(text: string): number {
  const open: Container[] = [];
  let at = skip(SPACE, text, 0);
  let isValueDue = true;
  for (;;) {
    if (isValueDue) {
      const next = openOrScalar(text, at, open);
      if (next.fault !== undefined) return next.fault;
      at = skip(SPACE, text, next.end);
      isValueDue = next.isValueDue;
      continue;
    }
    const container = open.at(-1);
    if (container === undefined) return at;
    if (text[at] === container) {
      open.pop();
      at = skip(SPACE, text, at + 1);
      continue;
    }
    if (text[at] !== ',') return at;
    at = skip(SPACE, text, at + 1);
    if (container === '}') {
      const key = keyAt(text, at);
      if (key.fault !== undefined) return key.fault;
      at = key.end;
    }
    isValueDue = true;
  }
}

interface Step {
  readonly end: number;
  readonly fault?: number;
  readonly isValueDue: boolean;
}

/** Takes a scalar, or the opening of an object or array up to its first value. */
function openOrScalar(text: string, at: number, open: Container[]): Step {
  const character = text[at];
  if (character === '"') {
    const { end, fault } = stringAt(text, at);
    return { end, fault, isValueDue: false };
  }
  if (character === '{' || character === '[') {
    const close = character === '{' ? '}' : ']';
    const inside = skip(SPACE, text, at + 1);
    open.push(close);
    if (text[inside] === close) return { end: inside, isValueDue: false };
    if (close === ']') return { end: inside, isValueDue: true };
    return { ...keyAt(text, inside), isValueDue: true };
  }
  const literal = LITERALS.find((each) => each[0] === character);
  const end = literal ? at + matching(literal, text, at) : skip(NUMBER, text, at);
  const isWhole = literal ? end - at === literal.length : end > at;
  return isWhole ? { end, isValueDue: false } : { end, fault: end, isValueDue: false };
}

/** Takes a key and its colon, up to the value. */
function keyAt(text: string, at: number): { end: number; fault?: number } {
  if (text[at] !== '"') return { end: at, fault: at };
  const { end, fault } = stringAt(text, at);
  if (fault !== undefined) return { end, fault };
  const colon = skip(SPACE, text, end);
  return text[colon] === ':' ? { end: skip(SPACE, text, colon + 1) } : { end: colon, fault: colon };
}

function stringAt(text: string, start: number): { end: number; fault?: number } {
  let at = start + 1;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return { end: at + 1 };
    if (code < 0x20) return { end: at, fault: at };
    if (code !== 0x5c) {
      at++;
      continue;
    }
    const end = skip(ESCAPE, text, at);
    if (end === at) return { end, fault: at };
    at = end;
  }
  return { end: at, fault: at };
}

function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

/** How many leading characters of a word stand at a position. */
function matching(word: string, text: string, at: number): number {
  let count = 0;
  while (count < word.length && text[at + count] === word[count]) count++;
  return count;
}
