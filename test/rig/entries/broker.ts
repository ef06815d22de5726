import { runProcess } from '../../../src/broker/run-process.ts';
import { reached } from './reached.ts';

runProcess(reached);
