// On PostgreSQL, what `faults.spec.ts` does on SQLite.
import { test } from '../fixtures';
import { shake } from './faults';

test.use({ scene: 'live-faults-postgres', database: 'postgres' });

test('three browsers and a server that is killed agree in the end, on PostgreSQL', ({ browser, office, server, visitor }) =>
  shake({ browser, office, server, visitor }));
