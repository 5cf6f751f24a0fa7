// Must stay an object: a function here makes gpu.js believe that a headless GL context exists.
module.exports = {};
