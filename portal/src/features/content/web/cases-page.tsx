export { default, handle, headers, loader, meta } from './list-page.tsx'
