"""What SonarQube's web API answers: issues and hotspots of a project, as hits."""
