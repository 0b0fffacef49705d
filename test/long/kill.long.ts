import { killImports, killServer } from '../support/kill-suites';

killImports(100);
killServer(10);
