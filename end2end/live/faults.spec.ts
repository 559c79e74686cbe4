// On SQLite; the same on PostgreSQL has a server of its own, hence a file of its own.
import { test } from '../fixtures';
import { shake } from './faults';

test.use({ scene: 'live-faults' });

test('three browsers and a server that is killed agree in the end', ({ browser, office, server, visitor }) =>
  shake({ browser, office, server, visitor }));
