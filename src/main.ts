#!/usr/bin/env node
import about from '../package.json' with { type: 'json' };
import { runProgram } from './main/run.ts';

process.exitCode = await runProgram({ main: import.meta.url, version: about.version });
