import { index, prefix, type RouteConfig } from '@react-router/dev/routes'

/** Every page by hand: path below the language prefix -> file. `/…` is Chinese, `/en/…` English. */
export default [...prefix('en?', [index('home.tsx')])] satisfies RouteConfig
