import { expect, test } from 'vitest'
import { messagesByField } from './messages-by-field.ts'

test('every complaint stands under its field, the first one where there are several', () => {
  const problem = {
    type: '/problems/validation',
    status: 422,
    title: '',
    detail: '',
    requestId: '',
    errors: [
      { field: '/contact/email', message: 'Not an address.', remedy: 'Give one.' },
      { field: '/contact/email', message: 'Too long.' },
      { field: '/a~1b/0', message: 'Wrong.' },
      { field: 'query/limit', message: 'Too many.' },
    ],
  }
  expect(messagesByField(problem)).toEqual({
    'contact.email': 'Not an address. Give one.',
    'a/b.0': 'Wrong.',
    limit: 'Too many.',
  })
})
