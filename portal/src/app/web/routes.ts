import { index, layout, prefix, type RouteConfig, route } from '@react-router/dev/routes'

/** Every page by hand: path below the language prefix -> file. `/…` is Chinese, `/en/…` English. */
export default [
  ...prefix('en?', [
    layout('public-layout.tsx', { id: 'public' }, [
      index('../../features/products/web/home-page.tsx'),
      route('products', '../../features/products/web/products-page.tsx'),
      route('products/:slug', '../../features/products/web/product-page.tsx'),
      route('sign-in', '../../features/accounts/web/sign-in-page.tsx'),
      route('sign-up', '../../features/accounts/web/sign-up-page.tsx'),
      route('verify', '../../features/accounts/web/verify-page.tsx'),
      route('forgot', '../../features/accounts/web/forgot-page.tsx'),
      route('reset', '../../features/accounts/web/reset-page.tsx'),
      route('set-up', '../../features/accounts/web/set-up-page.tsx'),
      route('account/inquiries', '../../features/sales/web/own-inquiries-page.tsx'),
      route('account/privacy', '../../features/privacy/web/own-privacy-page.tsx'),
      route('privacy', '../../features/privacy/web/privacy-page.tsx'),
      route('account', '../../features/accounts/web/account-page.tsx'),
      route('configure/:slug', '../../features/configurator/web/configure-page.tsx'),
      route('c/:token', '../../features/configurator/web/sheet-page.tsx'),
      route('inquiries/:token', '../../features/sales/web/inquiry-page.tsx'),
      route('*', 'not-found.tsx'),
    ]),
    layout('console-layout.tsx', { id: 'console' }, [
      route('console', 'console-home.tsx'),
      route('console/leads', '../../features/sales/web/leads-page.tsx'),
      route('console/leads/:leadId', '../../features/sales/web/lead-page.tsx'),
      route('console/products', '../../features/products/web/console-products-page.tsx'),
      route('console/mail', '../../features/mailbox/web/mail-page.tsx'),
      route('console/audit', '../../features/audit/web/audit-page.tsx'),
      route('console/privacy', '../../features/privacy/web/requests-page.tsx'),
      route('console/privacy/:requestId', '../../features/privacy/web/request-page.tsx'),
      route('console/health', '../../features/operations/web/health-page.tsx'),
      route('console/dead-letters', '../../features/operations/web/dead-letters-page.tsx'),
      route('console/staff', '../../features/accounts/web/staff-page.tsx'),
      route('console/approvals', '../../features/accounts/web/approvals-page.tsx'),
      route('console/roles', '../../features/accounts/web/roles-page.tsx'),
    ]),
  ]),
] satisfies RouteConfig
