import Kernels
import Schema

/// An activation by its Keras name, with Keras's constants.
package enum ActivationName: String, CaseIterable, Setting {
    case linear, relu, sigmoid, tanh, gelu, elu
    case leakyReLU = "leaky_relu"
    case selu, silu, softplus, softmax, relu6
    case hardSigmoid = "hard_sigmoid"
    case hardSwish = "hard_swish"
    /// Keras's other name for the same function.
    case hardSiLU = "hard_silu"
    case mish, softsign, exponential

    /// The function of one number; none for linear, which does nothing, and softmax, which is none of one number.
    var function: (any Pointwise)? {
        switch self {
        case .linear, .softmax: nil
        case .relu: ReLU()
        case .sigmoid: Sigmoid()
        case .tanh: Tanh()
        case .gelu: GELU()
        case .elu: ExponentialLinear(alpha: 1)
        case .leakyReLU: LeakyReLUFunction(slope: 0.2)
        case .selu: ExponentialLinear(alpha: 1.673_263_242_354_377, scale: 1.050_700_987_355_480_5)
        case .silu: SiLU()
        case .softplus: Softplus()
        case .relu6: BoundedReLU(maximum: 6)
        case .hardSigmoid: HardSigmoid()
        case .hardSwish, .hardSiLU: HardSwish()
        case .mish: Mish()
        case .softsign: Softsign()
        case .exponential: Exponential()
        }
    }
}
