import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** Puts the licences of the bundled fonts beside them: `build.license` sees scripts only. */
const fontLicences = (): Plugin => ({
  name: 'font-licences',
  generateBundle() {
    for (const font of ['inter', 'jetbrains-mono']) {
      const file = resolve(import.meta.dirname, 'node_modules/@fontsource-variable', font, 'LICENSE');
      this.emitFile({ type: 'asset', fileName: `licences/${font}.txt`, source: readFileSync(file) });
    }
  },
});

/** The window alone: what the browser and Electron both load. `electron.vite.config.ts` takes it over. */
export default defineConfig({
  root: resolve(import.meta.dirname, 'src/renderer'),
  base: './',
  plugins: [react(), fontLicences()],
  worker: { format: 'es' },
  build: {
    outDir: resolve(process.env['VEKSCOPE_OUT'] ?? resolve(import.meta.dirname, 'out'), 'renderer'),
    emptyOutDir: true,
    // their licences ask that they come with what is bundled
    license: { fileName: 'third-party.md' },
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
