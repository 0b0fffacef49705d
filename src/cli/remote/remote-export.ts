/** Exports through a running service, in a stream. */
import type { ExportQuery } from '../../service/export.service';
import { writeExportQuery } from '../../service/export-request';
import type { ExportAnswers } from '../answers';
import { addressAt, ServedError, unreachable } from './graphql-client';

export class RemoteExport implements ExportAnswers {
  constructor(private readonly server: string) {}

  /** @throws AppError BAD_INPUT, SERVER_UNREACHABLE, or ServedError with the code that the service answers */
  async export(query: ExportQuery): Promise<{ readonly text: AsyncIterable<string> }> {
    const url = addressAt(this.server, writeExportQuery(query));
    let response: Response;
    try {
      response = await fetch(url);
    } catch (error) {
      throw unreachable(url, error);
    }
    if (!response.ok) throw await refusal(response);
    return { text: textOf(url, response) };
  }
}

async function refusal(response: Response): Promise<ServedError> {
  const body = (await response.json().catch(() => undefined)) as
    | {
        readonly errors?: readonly {
          readonly message: string;
          readonly extensions: { readonly code: string };
        }[];
      }
    | undefined;
  const [error] = body?.errors ?? [];
  return new ServedError(error?.extensions.code ?? 'INTERNAL', error?.message ?? `status ${response.status}`);
}

async function* textOf(url: string, response: Response): AsyncIterable<string> {
  const decoder = new TextDecoder();
  try {
    for await (const chunk of response.body ?? [])
      yield decoder.decode(chunk as Uint8Array, { stream: true });
  } catch (error) {
    throw unreachable(url, error);
  }
  yield decoder.decode();
}
