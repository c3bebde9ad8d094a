import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  base: '/console/',
  plugins: [react()],
  build: { license: { fileName: 'licenses.md' } },
  // The development server passes API calls on to a service on its usual address.
  server: { proxy: { '^/$': 'http://127.0.0.1:8008' } },
});
