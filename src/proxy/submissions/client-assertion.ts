import { randomUUID } from "node:crypto";
import { exportJWK, generateKeyPair, importJWK, SignJWT } from "jose";

export const algorithm = "ES384";
const life = "4m";

/** A key pair of ours for one server. */
export async function makeKeyPair(): Promise<{ keyId: string; publicKey: string; privateKey: string }> {
  const { publicKey, privateKey } = await generateKeyPair(algorithm, { extractable: true });
  const keyId = randomUUID();
  const named = { kid: keyId, alg: algorithm, use: "sig" };
  return {
    keyId,
    publicKey: JSON.stringify({ ...(await exportJWK(publicKey)), ...named, key_ops: ["verify"] }),
    privateKey: JSON.stringify({ ...(await exportJWK(privateKey)), ...named }),
  };
}

interface Client {
  clientId: string;
  keyId: string;
  privateKey: string;
}

/** By which a server's token address knows us: `private_key_jwt`. */
export const clientAssertion = async (
  { clientId, keyId, privateKey }: Client,
  tokenUrl: string,
): Promise<Record<string, string>> => ({
  client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
  client_assertion: await new SignJWT()
    .setProtectedHeader({ alg: algorithm, kid: keyId, typ: "JWT" })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(tokenUrl)
    .setJti(randomUUID())
    .setIssuedAt()
    .setExpirationTime(life)
    .sign(await importJWK(JSON.parse(privateKey), algorithm)),
});
