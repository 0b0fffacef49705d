/** Who asks, by the bearer token of a request; on a machine of one user nobody is asked who they are. */
import type { JWTPayload, JWTVerifyGetKey, JWTVerifyOptions } from 'jose';
import type { AuthConfig, JwtConfig } from '../config';
import { AppError } from '../errors';
import { levelNamed, TLP_LEVELS } from '../model/marking';
import { LOCAL_VIEWER, ROLES, type Role, type Viewer } from '../model/viewer';

/** Tells the viewer by the header `Authorization`. @throws AppError UNAUTHENTICATED */
export type Authenticate = (authorization: string | undefined) => Promise<Viewer>;

/** Longest token that is looked at. */
const MAX_TOKEN_LENGTH = 8192;

export async function createAuthentication(auth: AuthConfig): Promise<Authenticate> {
  if (auth.mode === 'local') return async () => LOCAL_VIEWER;
  // Loaded only here: one user on their own machine needs no tokens.
  const { createRemoteJWKSet, jwtVerify } = await import('jose');
  const { jwt } = auth;
  const options: JWTVerifyOptions = {
    issuer: jwt.issuer,
    audience: jwt.audience,
    algorithms: [...jwt.algorithms],
    clockTolerance: jwt.clockToleranceSeconds,
    requiredClaims: ['sub', 'exp'],
  };
  const secret = 'secret' in jwt.key ? new TextEncoder().encode(jwt.key.secret) : undefined;
  const keys: JWTVerifyGetKey =
    'jwksUrl' in jwt.key ? createRemoteJWKSet(new URL(jwt.key.jwksUrl)) : async () => secret as Uint8Array;
  return async (authorization) => {
    const token = tokenOf(authorization);
    try {
      const { payload } = await jwtVerify(token, keys, options);
      return viewerOf(payload, jwt);
    } catch (error) {
      if (error instanceof AppError) throw error;
      throw refused(reasonOf(error), error);
    }
  };
}

function tokenOf(authorization: string | undefined): string {
  if (authorization === undefined) throw refused('no token came');
  const [, token] = /^Bearer +([\w.~+/=-]+) *$/i.exec(authorization) ?? [];
  if (token === undefined || token.length > MAX_TOKEN_LENGTH)
    throw refused('the header holds no bearer token');
  return token;
}

/**
 * What a client of TAXII sends, which may speak HTTP Basic only: the password is the token. Anything else
 * is left as it came.
 */
export function tokenFromBasic(authorization: string | undefined): string | undefined {
  const [, encoded] = /^Basic +([\w+/]+=*) *$/i.exec(authorization ?? '') ?? [];
  if (encoded === undefined) return authorization;
  const pair = Buffer.from(encoded, 'base64').toString('utf8');
  return `Bearer ${pair.slice(pair.indexOf(':') + 1)}`;
}

const refused = (reason: string, cause?: unknown): AppError =>
  new AppError('UNAUTHENTICATED', { reason }, { cause });

/** Why a token is refused, without a word of its content; a failure to fetch the keys is none of the caller's. */
function reasonOf(error: unknown): string {
  const code = (error as { readonly code?: unknown }).code;
  if (code === 'ERR_JWT_EXPIRED') return 'the token has expired';
  if (code === 'ERR_JWT_CLAIM_VALIDATION_FAILED') {
    return `the claim ${String((error as { readonly claim?: unknown }).claim)} is missing or not what is expected`;
  }
  if (code === 'ERR_JWKS_NO_MATCHING_KEY') return 'no key of the issuer fits the token';
  if (typeof code === 'string' && /^ERR_(JWT|JWS|JOSE_ALG|JWKS_MULTIPLE)/.test(code)) {
    return 'the token is not valid';
  }
  const reason = error instanceof Error ? error.message : String(error);
  throw new AppError('KEYS_UNREACHABLE', { reason }, { cause: error });
}

/** The viewer that a token names. What it does not say is least: READER, CLEAR, no groups. */
export function viewerOf(payload: JWTPayload, { claims, clockToleranceSeconds }: JwtConfig): Viewer {
  const { sub, exp } = payload;
  if (typeof sub !== 'string' || sub === '') throw refused('the claim sub is missing or empty');
  return {
    id: sub,
    role: roleOf(claimOf(payload, claims.role), claims.role),
    clearance: clearanceOf(claimOf(payload, claims.clearance), claims.clearance),
    groups: groupsOf(claimOf(payload, claims.groups), claims.groups),
    seesAll: false,
    ...(exp === undefined ? {} : { expiresAt: (exp + clockToleranceSeconds) * 1000 }),
  };
}

/** A claim by its name, or by its way through nested ones: `realm_access.groups`. */
function claimOf(payload: JWTPayload, name: string): unknown {
  if (Object.hasOwn(payload, name)) return payload[name];
  return name.split('.').reduce<unknown>((value, part) => {
    const isObject = value !== null && typeof value === 'object' && Object.hasOwn(value, part);
    return isObject ? (value as Record<string, unknown>)[part] : undefined;
  }, payload);
}

const isAbsent = (value: unknown): value is null | undefined => value === undefined || value === null;

function roleOf(value: unknown, claim: string): Role {
  if (isAbsent(value)) return 'READER';
  const role = ROLES.find((each) => each === String(value).toUpperCase());
  if (typeof value !== 'string' || !role) throw refused(`the claim ${claim} is none of ${ROLES.join(', ')}`);
  return role;
}

function clearanceOf(value: unknown, claim: string): Viewer['clearance'] {
  if (isAbsent(value)) return 'CLEAR';
  const level = typeof value === 'string' ? levelNamed(value) : undefined;
  if (!level) throw refused(`the claim ${claim} is none of ${TLP_LEVELS.join(', ')}`);
  return level;
}

function groupsOf(value: unknown, claim: string): readonly string[] {
  if (isAbsent(value)) return [];
  if (!Array.isArray(value) || !value.every((each) => typeof each === 'string' && each !== '')) {
    throw refused(`the claim ${claim} is no list of names`);
  }
  return value;
}
