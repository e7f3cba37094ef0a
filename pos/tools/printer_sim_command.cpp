// tresen printer-sim: a receipt printer that is none, for trying out and tests.
#include <CLI/CLI.hpp>

#include "pos/cli/say.h"
#include "pos/tools/printer_sim.h"

namespace pos::cli {

namespace {

class PrinterSim final : public Command {
 public:
  explicit PrinterSim(CLI::App& app) {
    app.add_option("--port", options_.port, "TCP port to print to")->capture_default_str();
    app.add_option("--address", options_.address, "Address to listen at")->capture_default_str();
    app.add_option("--control", options_.control, "TCP port that takes faults as lines of text");
    app.add_option("--profile", options_.profile, "Family of printers")->capture_default_str();
    app.add_option("--out", folder_, "Folder for the slips as pictures and text");
    app.add_option("--log", log_, "File that gets a line of JSON for each slip");
    app.add_option("--fault", options_.faults,
                   "To begin with: off, \"cover open\", \"cutter jammed\", \"paper out\", "
                   "\"paper-after N\", \"slow N\", \"refuse-second on\", \"close-after N\", "
                   "\"mute on\", \"garbage on\"; more by stdin or --control")
        ->allow_extra_args(false);
  }

  Status run(const Common&) override {
    if (!drivers::find_profile(options_.profile)) {
      return fail("there is no printer profile \"" + options_.profile +
                  "\"; see tresen print --profiles");
    }
    options_.folder = folder_;
    options_.log = log_;
    std::error_code fault;
    if (!folder_.empty()) std::filesystem::create_directories(folder_, fault);
    if (fault) return fail(folder_ + " cannot be made: " + fault.message());
    if (auto served = serve_printer(options_); !served) return fail(served.error());
    return well;
  }

 private:
  PrinterSimOptions options_;
  std::string folder_, log_;
};

}  // namespace

std::unique_ptr<Command> printer_sim_command(CLI::App& app) {
  return std::make_unique<PrinterSim>(app);
}

}  // namespace pos::cli
