rpzPrimary("192.0.2.53:53", "orders.rpz.authority.example", {
  refresh=1,
  tsigname="resolver.operator.example",
  tsigalgo="hmac-sha256",
  tsigsecret="VGhpcyBrZXkgaXMgYW4gZXhhbXBsZSBvbmx5ISEhISE=",
  extendedErrorCode=16,
  extendedErrorExtra="access block by order of an authority"
})
