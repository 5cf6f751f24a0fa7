import { failureOf } from './failure-of.ts';
import { handlers } from './handlers.ts';
import { serve } from './remote.ts';

serve(handlers, failureOf);
