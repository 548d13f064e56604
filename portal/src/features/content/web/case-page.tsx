export { default, handle, headers, loader, meta } from './own-page.tsx'
