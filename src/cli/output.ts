/** What every command prints: JSON for programs, tables for people; results to stdout. */

export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

export interface TableColumn<R> {
  readonly title: string;
  readonly value: (row: R) => string | number;
  /** Widest that the column gets; longer text ends in an ellipsis. */
  readonly width?: number;
}

/** A table of rows in columns, numbers to the right. */
export function formatTable<R>(rows: readonly R[], columns: readonly TableColumn<R>[]): string {
  const cells = rows.map((row) =>
    columns.map((column) => clip(formatValue(column.value(row)), column.width)),
  );
  const widths = columns.map((column, i) =>
    Math.max(column.title.length, ...cells.map((row) => [...row[i]].length)),
  );
  const isNumeric = columns.map((column) => rows.every((row) => typeof column.value(row) === 'number'));
  const line = (row: readonly string[]) =>
    row
      .map((cell, i) => {
        const pad = ' '.repeat(Math.max(0, widths[i] - [...cell].length));
        return isNumeric[i] ? pad + cell : cell + pad;
      })
      .join('  ')
      .trimEnd();
  return [line(columns.map((column) => column.title)), ...cells.map(line)].join('\n');
}

const formatValue = (value: string | number): string =>
  typeof value === 'string' ? value : String(Math.round(value * 100) / 100);

function clip(text: string, width: number | undefined): string {
  const characters = [...text];
  return width !== undefined && characters.length > width
    ? `${characters.slice(0, width - 1).join('')}…`
    : text;
}
