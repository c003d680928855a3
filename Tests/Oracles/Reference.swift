/// Every product, pool and loss once more as a student would write it: plain loops over arrays, nothing packed, tiled or
/// vectorized. Tests hold the fast kernels to these, bit for bit wherever a contract fixes the order of additions.
package enum Reference {}
