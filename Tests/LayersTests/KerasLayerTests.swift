import Autograd
import Kernels
import Layers
import Tensors
import Testing

@Suite struct KerasLayerTests {
    @Test(arguments: KerasFigures.layers)
    func `a layer computes what Keras computes, forward and backward`(figures: KerasFigures.LayerCase) throws {
        let team = Team(threads: 2)
        let batch = figures.inputShape[0]
        let layers = [PlacedLayer(try KerasFigures.layer(figures.layer))]
        var recorder = Recorder(layers, isTraining: figures.isTraining)
        let type = ValueType.image(Shape(Array(figures.inputShape.dropFirst())))
        let x = try recorder.graph.feed("x", type)
        let y = try recorder.record(layers, reading: x).value
        let dy = try recorder.graph.feed("dy", y.type)

        let trainable = recorder.graph.parameters.filter(\.isTrainable)
        var targets = [x]
        for parameter in trainable { targets.append(try recorder.graph.parameter(parameter)) }
        let gradients = try recorder.graph.gradients(of: y, upstream: dy, withRespectTo: targets)

        let parameters = try Parameters(recorder.graph.parameters)
        for parameter in parameters.all {
            let role = String(parameter.name.split(separator: "/")[1])
            parameters.set(parameter, to: try #require(figures.parameters[role]))
        }
        let updates = recorder.updates
        let program = try Program(
            recorder.graph, parameters: parameters, batch: batch, outputs: [y] + gradients,
            assigning: updates.map { ($0.value, parameters.address(of: $0.parameter)) })
        for (name, values) in [("x", figures.input), ("dy", figures.outputGradient)]
        where program.feedNames.contains(name) {
            let memory = try FloatMemory(count: values.count)
            memory.set(values)
            program.bind(name, to: memory)
        }
        program.run(key: 0, team: team)

        #expect(deviation(program.values(of: y), figures.output) < 1e-5)
        // Where an activation is saturated, its slope is a difference of nearly equal numbers, in Keras as here.
        let isSaturated = figures.name.contains("times 40")
        let inputGradient = program.values(of: gradients[0])
        #expect(deviation(inputGradient, figures.inputGradient, scale: isSaturated ? 1 : nil) < 1e-5)
        for (parameter, gradient) in zip(trainable, gradients.dropFirst()) {
            let role = String(parameter.name.split(separator: "/")[1])
            let reference = try #require(figures.parameterGradients[role])
            #expect(deviation(program.values(of: gradient), reference) < 1e-5, "\(role)")
        }
        for (parameter, _) in updates {
            let role = String(parameter.name.split(separator: "/")[1])
            let reference = try #require(figures.parametersAfter[role])
            #expect(deviation(parameters.values(of: parameter), reference) < 1e-5, "\(role)")
        }
        #expect(updates.count == figures.parametersAfter.count)
    }
}
