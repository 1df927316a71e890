#include "base/national_grid.h"

#include <cmath>

namespace tithing {
namespace {

constexpr double kPi = 3.14159265358979323846;
constexpr double kDegree = kPi / 180.0;
constexpr double kSecond = kDegree / 3600.0;

struct Ellipsoid {
  double a;
  double b;
  double e2() const { return 1.0 - (b * b) / (a * a); }
};
constexpr Ellipsoid kAiry{6377563.396, 6356256.909};
constexpr Ellipsoid kGrs80{6378137.000, 6356752.314140};

// The projection's constants.
constexpr double kScale = 0.9996012717;
constexpr double kLatitude0 = 49.0 * kDegree;
constexpr double kLongitude0 = -2.0 * kDegree;
constexpr double kEasting0 = 400000.0;
constexpr double kNorthing0 = -100000.0;

struct Cartesian {
  double x, y, z;
};

Cartesian to_cartesian(geometry::Point point, const Ellipsoid& on) {
  const double phi = point.latitude * kDegree;
  const double lambda = point.longitude * kDegree;
  const double nu = on.a / std::sqrt(1.0 - on.e2() * std::sin(phi) * std::sin(phi));
  return {nu * std::cos(phi) * std::cos(lambda), nu * std::cos(phi) * std::sin(lambda),
          (1.0 - on.e2()) * nu * std::sin(phi)};
}

geometry::Point from_cartesian(Cartesian c, const Ellipsoid& on) {
  const double p = std::hypot(c.x, c.y);
  double phi = std::atan2(c.z, p * (1.0 - on.e2()));
  for (int i = 0; i < 6; ++i) {
    const double nu = on.a / std::sqrt(1.0 - on.e2() * std::sin(phi) * std::sin(phi));
    phi = std::atan2(c.z + on.e2() * nu * std::sin(phi), p);
  }
  return {std::atan2(c.y, c.x) / kDegree, phi / kDegree};
}

// WGS 84 to OSGB36 with sign +1, and back with -1 (annexe B: the reverse changes the sign of all seven parameters).
Cartesian helmert(Cartesian c, double sign) {
  const double tx = -446.448 * sign;
  const double ty = 125.157 * sign;
  const double tz = -542.060 * sign;
  const double s = 1.0 + 20.4894e-6 * sign;
  const double rx = -0.1502 * kSecond * sign;
  const double ry = -0.2470 * kSecond * sign;
  const double rz = -0.8421 * kSecond * sign;
  return {tx + s * c.x - rz * c.y + ry * c.z, ty + rz * c.x + s * c.y - rx * c.z, tz - ry * c.x + rx * c.y + s * c.z};
}

// The developed arc of the meridian from the true origin, M of annexe C.
double meridian_arc(double phi) {
  const double n = (kAiry.a - kAiry.b) / (kAiry.a + kAiry.b);
  const double n2 = n * n;
  const double n3 = n2 * n;
  const double minus = phi - kLatitude0;
  const double plus = phi + kLatitude0;
  return kAiry.b * kScale *
         ((1.0 + n + 1.25 * n2 + 1.25 * n3) * minus -
          (3.0 * n + 3.0 * n2 + 2.625 * n3) * std::sin(minus) * std::cos(plus) +
          (1.875 * n2 + 1.875 * n3) * std::sin(2.0 * minus) * std::cos(2.0 * plus) -
          35.0 / 24.0 * n3 * std::sin(3.0 * minus) * std::cos(3.0 * plus));
}

struct Radii {
  double nu, rho, eta2;
};
Radii radii(double phi) {
  const double e2 = kAiry.e2();
  const double w = 1.0 - e2 * std::sin(phi) * std::sin(phi);
  const double nu = kAiry.a * kScale / std::sqrt(w);
  const double rho = kAiry.a * kScale * (1.0 - e2) / (w * std::sqrt(w));
  return {nu, rho, nu / rho - 1.0};
}

}  // namespace

GridPoint project_osgb36(geometry::Point osgb36) {
  const double phi = osgb36.latitude * kDegree;
  const auto [nu, rho, eta2] = radii(phi);
  const double sine = std::sin(phi);
  const double cosine = std::cos(phi);
  const double t2 = std::tan(phi) * std::tan(phi);
  const double t4 = t2 * t2;
  const double c3 = cosine * cosine * cosine;
  const double c5 = c3 * cosine * cosine;
  const double i = meridian_arc(phi) + kNorthing0;
  const double ii = nu / 2.0 * sine * cosine;
  const double iii = nu / 24.0 * sine * c3 * (5.0 - t2 + 9.0 * eta2);
  const double iii_a = nu / 720.0 * sine * c5 * (61.0 - 58.0 * t2 + t4);
  const double iv = nu * cosine;
  const double v = nu / 6.0 * c3 * (nu / rho - t2);
  const double vi = nu / 120.0 * c5 * (5.0 - 18.0 * t2 + t4 + 14.0 * eta2 - 58.0 * t2 * eta2);
  const double d = osgb36.longitude * kDegree - kLongitude0;
  const double d2 = d * d;
  return {kEasting0 + d * (iv + d2 * (v + d2 * vi)), i + d2 * (ii + d2 * (iii + d2 * iii_a))};
}

geometry::Point unproject_osgb36(GridPoint point) {
  double phi = kLatitude0 + (point.northing - kNorthing0) / (kAiry.a * kScale);
  for (int step = 0; step < 20; ++step) {
    const double left = point.northing - kNorthing0 - meridian_arc(phi);
    if (std::fabs(left) < 1e-5) break;
    phi += left / (kAiry.a * kScale);
  }
  const auto [nu, rho, eta2] = radii(phi);
  const double t = std::tan(phi);
  const double t2 = t * t;
  const double t4 = t2 * t2;
  const double secant = 1.0 / std::cos(phi);
  const double nu3 = nu * nu * nu;
  const double nu5 = nu3 * nu * nu;
  const double nu7 = nu5 * nu * nu;
  const double vii = t / (2.0 * rho * nu);
  const double viii = t / (24.0 * rho * nu3) * (5.0 + 3.0 * t2 + eta2 - 9.0 * t2 * eta2);
  const double ix = t / (720.0 * rho * nu5) * (61.0 + 90.0 * t2 + 45.0 * t4);
  const double x = secant / nu;
  const double xi = secant / (6.0 * nu3) * (nu / rho + 2.0 * t2);
  const double xii = secant / (120.0 * nu5) * (5.0 + 28.0 * t2 + 24.0 * t4);
  const double xii_a = secant / (5040.0 * nu7) * (61.0 + 662.0 * t2 + 1320.0 * t4 + 720.0 * t4 * t2);
  const double d = point.easting - kEasting0;
  const double d2 = d * d;
  return {(kLongitude0 + d * (x - d2 * (xi - d2 * (xii - d2 * xii_a)))) / kDegree,
          (phi - d2 * (vii - d2 * (viii - d2 * ix))) / kDegree};
}

GridPoint to_national_grid(geometry::Point wgs84) {
  return project_osgb36(from_cartesian(helmert(to_cartesian(wgs84, kGrs80), 1.0), kAiry));
}

geometry::Point from_national_grid(GridPoint point) {
  return from_cartesian(helmert(to_cartesian(unproject_osgb36(point), kAiry), -1.0), kGrs80);
}

}  // namespace tithing
