import { killServer } from '../support/kill-suites';

killServer(2);
