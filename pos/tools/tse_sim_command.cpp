// tresen tse-sim: a signing device that signs nothing an office would take, for trying out
// and tests.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>

#include "pos/cli/command.h"
#include "pos/cli/say.h"
#include "pos/tools/tse_sim_epson.h"
#include "pos/tools/tse_sim_fiskaly.h"
#include "pos/tools/tse_sim_serve.h"

namespace pos::cli {

namespace {

tse_sim::Seconds seconds_now() {
  using namespace std::chrono;
  return duration_cast<seconds>(system_clock::now().time_since_epoch()).count();
}

// Both hosts hand over the same things.
template <class Said>
std::vector<tse_sim::Service::Said> as_served(std::vector<Said> all) {
  std::vector<tse_sim::Service::Said> served;
  served.reserve(all.size());
  for (Said& said : all) {
    served.push_back(
        {said.connection, std::move(said.bytes), said.is_over, said.after_milliseconds});
  }
  return served;
}

class TseSim final : public Command {
 public:
  explicit TseSim(CLI::App& app) {
    app.add_option("kind", kind_, "epson or fiskaly")->required();
    app.add_option("--port", options_.port, "On 127.0.0.1; 0: any that is free, which is printed");
    app.add_option("--control", options_.control,
                   "A port that takes orders as lines of text; 0: any that is free");
    app.add_option("--state", folder_, "Folder that keeps keys and records; none: nothing is kept");
    app.add_option("--fault", options_.orders,
                   "To begin with, as the orders of stdin and of the control port: \"lose 1\", "
                   "\"late 300\", \"storm 20\", \"expire\", ...")
        ->allow_extra_args(false);
    app.add_option("--client", epson_.clients, "A till that is registered already")
        ->allow_extra_args(false);
    app.add_option("--puk", epson_.puk, "Set up already, with this PUK");
    app.add_option("--admin-pin", epson_.admin_pin, "And this PIN of the administrator");
    app.add_option("--time-admin-pin", epson_.time_admin_pin, "And this one of the tills");
    app.add_option("--device", epson_.device_name, "The name of the device")->capture_default_str();
    app.add_option("--curve", curve_, "p256 or brainpoolP384r1")->capture_default_str();
    app.add_option("--api-key", fiskaly_.api_key, "Of fiskaly")->capture_default_str();
    app.add_option("--api-secret", fiskaly_.api_secret, "Of fiskaly")->capture_default_str();
    app.add_option("--certificate", options_.certificate,
                   "A PEM file: then Epson's host speaks TLS. fiskaly makes one of its own, and "
                   "authority.pem, in the folder");
    app.add_option("--certificate-key", options_.key, "The key to it, a PEM file");
  }

  Status run(const Common&) override {
    if (curve_ != "p256" && curve_ != "brainpoolP384r1") {
      return fail("the curve is p256 or brainpoolP384r1", wrong_usage);
    }
    if (kind_ == "epson") return run_epson();
    if (kind_ == "fiskaly") return run_fiskaly();
    return fail("say which: tse-sim epson or tse-sim fiskaly", wrong_usage);
  }

 private:
  Status run_epson() const {
    auto device = tse_sim::Device::open(folder_, curve(), seconds_now());
    if (!device) return fail(device.error());
    tse_sim::EpsonHost host(std::move(*device), epson_, seconds_now());
    const tse_sim::Service service{
        [&](int connection) { return as_served(host.connected(connection)); },
        [&](int connection, std::string_view bytes) {
          return as_served(host.take(connection, bytes, seconds_now()));
        },
        [&](int connection) { host.closed(connection, seconds_now()); },
        [&](const std::string& order) { return host.obey(order, seconds_now()); }};
    return serve(service);
  }
  Status run_fiskaly() {
    if (folder_.empty()) return fail("name a folder with --state", wrong_usage);
    fiskaly_.folder = folder_;
    tse_sim::make_authority(fiskaly_.folder, seconds_now());
    if (options_.certificate.empty()) {
      options_.certificate = fiskaly_.folder / "server.pem";
      options_.key = fiskaly_.folder / "server.key";
    }
    tse_sim::FiskalyHost host(fiskaly_, seconds_now());
    return serve({[&](int connection) { return as_served(host.connected(connection)); },
                  [&](int connection, std::string_view bytes) {
                    return as_served(host.take(connection, bytes, seconds_now()));
                  },
                  [&](int connection) { host.closed(connection); },
                  [&](const std::string& order) { return host.obey(order, seconds_now()); }});
  }
  Status serve(const tse_sim::Service& service) const {
    if (auto served = tse_sim::serve(options_, service); !served) return fail(served.error());
    return well;
  }

  tse_sim::Curve curve() const {
    return curve_ == "p256" ? tse_sim::Curve::p256 : tse_sim::Curve::brainpool_p384;
  }

  std::string kind_, folder_, curve_ = "brainpoolP384r1";
  tse_sim::EpsonSettings epson_;
  tse_sim::FiskalySettings fiskaly_;
  tse_sim::ServeOptions options_;
};

}  // namespace

std::unique_ptr<Command> tse_sim_command(CLI::App& app) {
  return std::make_unique<TseSim>(app);
}

}  // namespace pos::cli
