import type { Express } from 'express';
import type { State } from './state.ts';
import type { Sandbox } from './types.ts';

export function mountPage(_app: Express, _state: State, _sandbox: Sandbox): void {}
