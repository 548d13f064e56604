import { forgotPassword, signUp } from '#features/accounts/core'
import { linkToken } from '../two-companies.ts'
import { type Call, freshEmail, none, password } from './call.ts'

export const signingInCalls: Record<string, Call> = {
  'accounts.signIn': { call: ({ own }) => ({ body: own.admin.visitor }), endsSession: 'own' },
  'accounts.signOut': { call: () => ({}), endsSession: 'own' },
  'accounts.signUp': { call: () => ({ body: { name: 'Visitor', email: freshEmail(), password } }) },
  'accounts.verifyEmail': {
    async call(world) {
      const email = freshEmail()
      await (await world.api()).call(signUp, { body: { name: 'Visitor', email, password } })
      return { body: { token: await linkToken(world, email) } }
    },
  },
  'accounts.resendVerification': { call: () => ({ body: { email: freshEmail() } }) },
  'accounts.forgotPassword': { call: () => ({ body: { email: freshEmail() } }) },
  'accounts.resetPassword': {
    async call(world) {
      const email = freshEmail()
      const nobody = await world.api()
      await nobody.call(signUp, { body: { name: 'Visitor', email, password } })
      await nobody.call(forgotPassword, { body: { email } })
      return { body: { token: await linkToken(world, email), password: `${password}, again` } }
    },
  },
  // the portal has its first administrator already
  'accounts.setUp': {
    call: () => ({ body: { token: 'x'.repeat(32), name: 'M', email: freshEmail(), password } }),
    answers: 410,
  },
  'accounts.listDemoAccounts': none,
  'accounts.takeSecondStep': {
    call: () => ({ body: { token: 'x'.repeat(32), proof: { method: 'totp', code: '123456' } } }),
    answers: 410, // a token nobody was given
  },
  'accounts.beginInSecondStep': { call: () => ({ body: { token: 'x'.repeat(32) } }), answers: 410 },
  'accounts.askForPasskeyInSecondStep': { call: () => ({ body: { token: 'x'.repeat(32) } }), answers: 410 },
  'accounts.askForPasskeyToSignIn': none,
  'accounts.signInByPasskey': { call: () => ({ body: { response: foreignPasskey } }), answers: 403 },
  'accounts.askForPasskey': none,
  'accounts.beginPasskey': { call: (_, { password }) => ({ body: { proof: { method: 'password', password } } }) },
  'accounts.addPasskey': { call: () => ({ body: { response: foreignPasskey, name: 'Laptop' } }), answers: 403 },
  'accounts.renamePasskey': {
    call: () => ({ params: { passkeyId: crypto.randomUUID() }, body: { name: 'Laptop' } }),
    answers: 404, // has none
  },
  'accounts.removePasskey': {
    call: (_, { password }) => ({
      params: { passkeyId: crypto.randomUUID() },
      body: { proof: { method: 'password', password } },
    }),
    answers: 404,
  },
  'accounts.askForPhoneCode': { call: () => ({ body: { phone: freshMobile() } }) },
  'accounts.signInByPhone': { call: () => ({ body: { token: crypto.randomUUID(), code: '123456' } }), answers: 403 }, // a token nobody was given
  'accounts.askForPhoneProof': { call: () => ({}), answers: 404 }, // has no number
  'accounts.beginPhone': {
    call: (_, { password }) => ({ body: { phone: freshMobile(), proof: { method: 'password', password } } }),
  },
  'accounts.confirmPhone': {
    call: () => ({ body: { token: 'x'.repeat(32), phone: freshMobile(), code: '123456' } }),
    answers: 403,
  },
  'accounts.removePhone': { call: (_, { password }) => ({ body: { proof: { method: 'password', password } } }), answers: 404 },
  'accounts.listProviders': none,
  'accounts.startAtProvider': { call: () => ({ params: { providerId: 'nowhere' }, body: {} }), answers: 404 }, // none is set up
  'accounts.linkProvider': {
    call: (_, { password }) => ({ params: { providerId: 'nowhere' }, body: { proof: { method: 'password', password } } }),
    answers: 404, // none is set up
  },
  'accounts.unlinkProvider': {
    call: (_, { password }) => ({ params: { providerId: 'nowhere' }, body: { proof: { method: 'password', password } } }),
    answers: 404,
  },
  'accounts.getSecurity': none,
  'accounts.changePassword': {
    call: () => ({ body: { current: 'not the present one', password: 'a lathe, a mill and a drill' } }),
    answers: 422, // the visitor's other calls need his password
  },
  'accounts.beginAuthenticator': { call: (_, { password }) => ({ body: { proof: { method: 'password', password } } }) },
  'accounts.confirmAuthenticator': { call: () => ({ body: { code: '123456' } }), answers: 422 }, // not the app's code
  'accounts.turnAuthenticatorOff': { call: (_, { password }) => ({ body: { proof: { method: 'password', password } } }) },
  'accounts.renewRecoveryCodes': {
    call: (_, { password }) => ({ body: { proof: { method: 'password', password } } }),
    answers: 409, // has no authenticator app
  },
}

const freshMobile = () => `139${String(crypto.getRandomValues(new Uint32Array(1))[0]! % 10 ** 8).padStart(8, '0')}`

/** An answer to a challenge nobody made. */
const foreignPasskey = {
  id: 'AAAA',
  rawId: 'AAAA',
  type: 'public-key',
  clientExtensionResults: {},
  response: { clientDataJSON: 'e30', authenticatorData: 'AAAA', signature: 'AAAA' },
}
