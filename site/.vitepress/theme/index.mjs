// The generator's own look, light and dark, with the fonts of the reader's system.
export { default } from 'vitepress/theme-without-fonts';
