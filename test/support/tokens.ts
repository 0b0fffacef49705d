/** Tokens of a service that tells callers apart, signed with the secret that its tests share with it. */
import { createHmac } from 'node:crypto';

export const SECRET = 'a secret of the tests, long enough to sign';

/** Environment of a service that asks for tokens. */
export const JWT_ENVIRONMENT = {
  ATLAS_AUTH: 'jwt',
  ATLAS_JWT_ISSUER: 'https://issuer.example',
  ATLAS_JWT_AUDIENCE: 'atlas',
  ATLAS_JWT_SECRET: SECRET,
} as const;

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A signed token of any claims: made by hand, so that wrong ones can be made too. */
export function signed(
  claims: Record<string, unknown>,
  { secret = SECRET, header = { alg: 'HS256', typ: 'JWT' } as Record<string, unknown> } = {},
): string {
  const content = `${encode(header)}.${encode(claims)}`;
  const hash = header.alg === 'HS512' ? 'sha512' : 'sha256';
  return `${content}.${createHmac(hash, secret).update(content).digest('base64url')}`;
}

const nowSeconds = (): number => Math.floor(Date.now() / 1000);

export const claimsOf = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
  iss: JWT_ENVIRONMENT.ATLAS_JWT_ISSUER,
  aud: JWT_ENVIRONMENT.ATLAS_JWT_AUDIENCE,
  sub: 'ann',
  exp: nowSeconds() + 600,
  ...more,
});

/** A token of a viewer. */
export const tokenOf = (
  role: string,
  clearance = 'RED',
  groups: readonly string[] = [],
  sub = 'ann',
): string =>
  signed(claimsOf({ sub, atlas_role: role, atlas_clearance: clearance, atlas_groups: [...groups] }));
