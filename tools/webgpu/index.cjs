// gpu.js lists this package but never imports it; it asks `navigator.gpu` instead.
module.exports = {};
