// Shows this server's own document; keys that are typed in stay in the page.
SwaggerUIBundle({
  url: '/openapi.yaml',
  dom_id: '#docs',
  deepLinking: true,
  docExpansion: 'list',
  validatorUrl: null, // asks nobody outside
});
