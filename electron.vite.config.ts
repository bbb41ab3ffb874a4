import { resolve } from 'node:path';
import { defineConfig } from 'electron-vite';
import renderer from './vite.config.ts';

const source = (path: string) => resolve(import.meta.dirname, 'src', path);
const out = (path: string) =>
  resolve(process.env['VEKSCOPE_OUT'] ?? resolve(import.meta.dirname, 'out'), path);

export default defineConfig({
  main: {
    build: {
      outDir: out('main'),
      minify: false,
      sourcemap: false,
      reportCompressedSize: false,
      rolldownOptions: {
        input: {
          index: source('main/index.ts'),
          engine: source('engine/utility.ts'),
          'job-worker': source('core/jobs/worker.ts'),
        },
        // chunks beside the entries: code that looks for its worker beside itself finds it from either
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: out('preload'),
      minify: false,
      sourcemap: false,
      reportCompressedSize: false,
      // a sandboxed preload can load nothing from beside itself
      externalizeDeps: false,
      isolatedEntries: true,
      rolldownOptions: {
        input: source('preload/index.ts'),
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer,
});
