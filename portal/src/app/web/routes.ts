import { index, layout, prefix, type RouteConfig, route } from '@react-router/dev/routes'

/** Every page by hand: path below the language prefix -> file. `/…` is Chinese, `/en/…` English. */
export default [
  ...prefix('en?', [
    layout('public-layout.tsx', { id: 'public' }, [
      index('../../features/products/web/home-page.tsx'),
      route('products', '../../features/products/web/products-page.tsx'),
      route('products/:slug', '../../features/products/web/product-page.tsx'),
      route('*', 'not-found.tsx'),
    ]),
  ]),
] satisfies RouteConfig
