import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [svelte()],
  server: { host: '127.0.0.1', port: 5173, strictPort: true },
  build: {
    target: 'es2022',
    outDir: 'dist',
    emptyOutDir: true,
    // Nothing is inlined: the window's rules allow files of its own and no data addresses for fonts or code.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  test: { include: ['**/*.test.ts'], exclude: ['node_modules', 'dist'] },
});
