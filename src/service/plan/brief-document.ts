/** A brief as blocks of text, and the two ways in which it is handed over: Markdown, and a page that prints. */

export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | {
      readonly kind: 'table';
      readonly head: readonly string[];
      readonly rows: readonly (readonly string[])[];
    };

export interface BriefDocument {
  readonly title: string;
  /** How it is marked, at its head and foot. */
  readonly marking: string;
  readonly blocks: readonly Block[];
}

export const heading = (level: 1 | 2 | 3, text: string): Block => ({ kind: 'heading', level, text });
export const paragraph = (text: string): Block => ({ kind: 'paragraph', text });
export const list = (items: readonly string[]): Block => ({ kind: 'list', items });
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): Block => ({
  kind: 'table',
  head,
  rows,
});

/** One line, in which nothing is markup: names come from anybody. */
const markdownText = (text: string): string =>
  text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>()#+!|~-]/g, (sign) => `\\${sign}`);

const markdownRow = (cells: readonly string[]): string => `| ${cells.map(markdownText).join(' | ')} |`;

function markdownBlock(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${markdownText(block.text)}`;
    case 'paragraph':
      return markdownText(block.text);
    case 'list':
      return block.items.map((item) => `- ${markdownText(item)}`).join('\n');
    case 'table': {
      const rule = `|${' --- |'.repeat(block.head.length)}`;
      return [markdownRow(block.head), rule, ...block.rows.map(markdownRow)].join('\n');
    }
  }
}

export function briefMarkdown({ title, marking, blocks }: BriefDocument): string {
  const mark = `**${markdownText(marking)}**`;
  return `${[mark, `# ${markdownText(title)}`, ...blocks.map(markdownBlock), mark].join('\n\n')}\n`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const htmlText = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign]);

const tagged = (tag: string, content: string): string => `<${tag}>${content}</${tag}>`;

function htmlBlock(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return tagged(`h${block.level}`, htmlText(block.text));
    case 'paragraph':
      return tagged('p', htmlText(block.text));
    case 'list':
      return tagged('ul', block.items.map((item) => tagged('li', htmlText(item))).join(''));
    case 'table': {
      const head = block.head.map((cell) => `<th scope="col">${htmlText(cell)}</th>`).join('');
      const rows = block.rows.map((row) =>
        tagged('tr', row.map((cell) => tagged('td', htmlText(cell))).join('')),
      );
      return `<table><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
    }
  }
}

const STYLE = `
  body { font: 11pt/1.45 system-ui, sans-serif; color: #111; background: #fff; max-width: 62rem; margin: 2rem auto; padding: 0 1rem }
  .marking { font-weight: 700; text-align: center; border: 2px solid #111; padding: .25rem }
  h1 { font-size: 18pt } h2 { font-size: 13pt; margin-top: 1.6em; break-after: avoid } h3 { font-size: 11pt; break-after: avoid }
  table { border-collapse: collapse; width: 100%; font-size: 9.5pt }
  th, td { border: 1px solid #999; padding: .25rem .4rem; text-align: left; vertical-align: top; overflow-wrap: anywhere }
  th { background: #eee } tr { break-inside: avoid } thead { display: table-header-group }
  @page { margin: 18mm }
`;

/** A page of its own: no script, nothing from outside. */
export function briefHtml({ title, marking, blocks }: BriefDocument): string {
  const mark = `<p class="marking">${htmlText(marking)}</p>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${htmlText(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<header>${mark}</header>
<main>
<h1>${htmlText(title)}</h1>
${blocks.map(htmlBlock).join('\n')}
</main>
<footer>${mark}</footer>
</body>
</html>
`;
}
