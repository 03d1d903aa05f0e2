import { mount } from 'svelte';
import App from './App.svelte';
import './kit/tokens.css';
import './kit/fonts.css';
import './kit/base.css';

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app');

export default mount(App, { target });
