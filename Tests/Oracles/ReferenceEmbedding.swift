extension Reference {
    /// The neighbours of each point, nearest first, by sorting all others; the lower index first at equal distances.
    package static func neighbours(of points: [[Float]], count: Int) -> [[Int]] {
        points.indices.map { point in
            let distances = points.map { squaredDistance(points[point], $0) }
            let others = points.indices.filter { $0 != point }
            return Array(others.sorted { (distances[$0], $0) < (distances[$1], $1) }.prefix(count))
        }
    }

    /// The square of two points' distance.
    package static func squaredDistance(_ a: [Float], _ b: [Float]) -> Double {
        zip(a, b).reduce(0) { $0 + (Double($1.0) - Double($1.1)) * (Double($1.0) - Double($1.1)) }
    }

    /// Probabilities of pairs in the plane before they are divided by their sum: q = 1 / (1 + |y − z|²), and zero for a point
    /// with itself.
    package static func planeWeights(_ points: [SIMD2<Float>]) -> [[Double]] {
        points.indices.map { i in
            points.indices.map { j in
                let difference = SIMD2<Double>(points[i]) - SIMD2<Double>(points[j])
                return i == j ? 0 : 1 / (1 + (difference * difference).sum())
            }
        }
    }

    /// Both forces of t-SNE on each point, over all pairs: Σ p q (y − z) and Σ q² (y − z).
    package static func forces(
        on points: [SIMD2<Float>], probabilities: [[Double]]
    ) -> (attraction: [SIMD2<Double>], repulsion: [SIMD2<Double>]) {
        let weights = planeWeights(points)
        func sum(_ i: Int, _ factor: (Int) -> Double) -> SIMD2<Double> {
            points.indices.reduce(.zero) { $0 + factor($1) * (SIMD2<Double>(points[i]) - SIMD2<Double>(points[$1])) }
        }
        return (
            points.indices.map { i in sum(i) { probabilities[i][$0] * weights[i][$0] } },
            points.indices.map { i in sum(i) { weights[i][$0] * weights[i][$0] } }
        )
    }
}
