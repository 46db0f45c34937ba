/**
 * A browser keeps cookies and origins from scripts: its Request and Response drop these headers. The proxy reads and
 * writes them, so here both have headers of their own, which drop nothing.
 */
const PlainRequest = globalThis.Request;
const PlainResponse = globalThis.Response;

class OpenRequest extends PlainRequest {
  readonly #headers: Headers;

  constructor(input: RequestInfo | URL, init: RequestInit = {}) {
    super(input, init);
    this.#headers = new Headers(init.headers ?? (input instanceof PlainRequest ? input.headers : {}));
    const type = super.headers.get("content-type");
    if (type && !this.#headers.has("content-type")) this.#headers.set("content-type", type);
  }

  override get headers(): Headers {
    return this.#headers;
  }

  override clone(): OpenRequest {
    return new OpenRequest(super.clone(), { headers: this.#headers });
  }
}

class OpenResponse extends PlainResponse {
  readonly #headers: Headers;

  constructor(body?: BodyInit | null, init: ResponseInit = {}) {
    super(body, init);
    this.#headers = new Headers(init.headers ?? {});
    const type = super.headers.get("content-type");
    if (type && !this.#headers.has("content-type")) this.#headers.set("content-type", type);
  }

  override get headers(): Headers {
    return this.#headers;
  }

  override clone(): OpenResponse {
    const { body, status, statusText } = super.clone();
    return new OpenResponse(body, { status, statusText, headers: this.#headers });
  }
}

Object.assign(globalThis, { Request: OpenRequest, Response: OpenResponse });
