import './events.ts'

export {
  type AccountView,
  type CompanySummary,
  type CompanyView,
  changeMe,
  changeStaff,
  forgotPassword,
  getCompany,
  getMe,
  getMyCompany,
  getStaffMember,
  inviteStaff,
  listCompanies,
  listDemoAccounts,
  listRoles,
  listStaff,
  resendVerification,
  resetPassword,
  type SecondStep,
  type StaffMember,
  setUp,
  signIn,
  signOut,
  signUp,
  verifyEmail,
} from './api.ts'
export {
  approvalHours,
  type ConfirmationNeeded,
  type ConfirmationStatus,
  confirmationMinutes,
  confirmationMoves,
  confirmationNeeded,
  confirmationStatuses,
} from './confirmation.ts'
export { type Approval, confirm, decideApproval, listApprovals, reasonLength } from './confirmation-api.ts'
export { passwordLength, passwordProblem } from './password.ts'
export { type Strength, weighPassword } from './password-strength.ts'
export { type PasskeyAnswer, type Proof, type ProofMethod, proof, proofMethod, type SecondProof, secondProof } from './proof.ts'
export {
  type CompanyRole,
  companyRoles,
  isStaffRole,
  mayActOn,
  mayGive,
  type PermissionName,
  permissionsOf,
  permissionTable,
  type Reach,
  type RoleName,
  rankOf,
  roles,
  rolesWith,
  type StaffRole,
  sideOf,
  staffRoles,
} from './roles.ts'
export { safeNext } from './safe-next.ts'
export {
  addPasskey,
  askForPasskey,
  askForPasskeyInSecondStep,
  askForPasskeyToSignIn,
  beginAuthenticator,
  beginInSecondStep,
  beginPasskey,
  changePassword,
  confirmAuthenticator,
  getSecurity,
  type NewAuthenticator,
  type PasskeyOptions,
  type PasskeyView,
  removePasskey,
  renamePasskey,
  renewRecoveryCodes,
  type SecurityView,
  signInByPasskey,
  takeSecondStep,
  turnAuthenticatorOff,
} from './security-api.ts'
export { texts } from './texts.ts'
