// Keeps compiled code from one start to the next, in the system's folder for temporary files.
import { enableCompileCache } from 'node:module';

enableCompileCache();
