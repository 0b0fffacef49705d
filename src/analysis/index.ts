/** What the layers above use of the analysis. */
export type { Cell } from './projection/column';
export {
  advance,
  type EdgeRow,
  EMPTY_PROJECTION,
  edgeCell,
  edgeOf,
  type Projection,
  vertexCell,
  vertexOf,
} from './projection/projection';
export type { TableRow } from './projection/table';
