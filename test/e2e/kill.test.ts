import { killImports } from '../support/kill-suites';

killImports(10);
