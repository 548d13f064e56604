export { checkRedirects, importRedirects, listRedirects, type RedirectView, removeRedirect } from './api.ts'
export { destinationOf, type LineError, mostRedirects, oldAddress, type Redirect, readRedirects } from './redirect.ts'
export { texts } from './texts.ts'
