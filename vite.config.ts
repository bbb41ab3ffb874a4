import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The window alone: what the browser and Electron both load. `electron.vite.config.ts` takes it over. */
export default defineConfig({
  root: resolve(import.meta.dirname, 'src/renderer'),
  base: './',
  plugins: [react()],
  worker: { format: 'es' },
  build: {
    outDir: resolve(process.env['VEKSCOPE_OUT'] ?? resolve(import.meta.dirname, 'out'), 'renderer'),
    emptyOutDir: true,
    target: 'es2023',
    minify: true,
    // the policy allows no data: fonts
    assetsInlineLimit: 0,
    sourcemap: false,
    reportCompressedSize: false,
    // Monaco's core is one chunk of 2.7 MB, loaded only when a text is shown
    chunkSizeWarningLimit: 4000,
    rolldownOptions: { input: resolve(import.meta.dirname, 'src/renderer/index.html') },
  },
});
