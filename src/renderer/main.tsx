import './styles/base.css';
import './styles/forced-colors.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { start } from './app/start.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root.');
start();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
